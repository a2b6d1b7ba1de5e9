import { randomUUID } from "node:crypto";

const END = "\r\n";

/**
 * A form as the bytes that are sent, with the content type to send them by. `fetch` would turn every line break of a
 * text into CRLF (WHATWG HTML, multipart/form-data encoding algorithm): a prompt of several lines would arrive as
 * another one than is recorded. Names of fields and files are ours and need no escaping.
 */
export function formBody(form: FormData): Blob {
  const boundary = `form-${randomUUID()}`;
  const parts = [...form].flatMap(([name, value]) => [
    `--${boundary}${END}`,
    headOf(name, value),
    value,
    END,
  ]);
  return new Blob([...parts, `--${boundary}--${END}`], { type: `multipart/form-data; boundary=${boundary}` });
}

function headOf(name: string, value: FormDataEntryValue): string {
  const field = `Content-Disposition: form-data; name="${name}"`;
  if (typeof value === "string") return `${field}${END}${END}`;
  return `${field}; filename="${value.name}"${END}Content-Type: ${value.type}${END}${END}`;
}

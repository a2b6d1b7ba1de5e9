import "server-only";
import { env } from "@/lib/env";

const ANSWER_MS = 15_000;

/** Sends plain text over the SMTP server of the environment. Throws nodemailer's errors (`code`, `responseCode`). */
export async function sendMail(mail: { to: string; subject: string; text: string }): Promise<void> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    url: env().SMTP_URL,
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
  });
  try {
    const { to, ...content } = mail;
    // As an object: an address that is text would be read as a list of addresses.
    await transport.sendMail({ ...content, from: env().MAIL_FROM, to: { name: "", address: to } });
  } finally {
    transport.close();
  }
}

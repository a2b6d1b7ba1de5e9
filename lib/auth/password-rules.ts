import { commonPasswords } from "./common-passwords";
import { PASSWORD_MAX, PASSWORD_MIN } from "./constants";

/** Why a new password is refused, in words for the person, or null when it may be used. */
export async function passwordProblem(
  password: string,
  about: { email: string; name?: string },
): Promise<string | null> {
  const text = normalPassword(password);
  const length = [...text].length;
  if (length < PASSWORD_MIN) return `The password has ${length} characters. It needs ${PASSWORD_MIN}.`;
  if (text.length > PASSWORD_MAX) {
    return `The password has ${length} characters. The limit is ${PASSWORD_MAX.toLocaleString("en")}.`;
  }
  const lower = text.toLowerCase();
  if (isAbout(lower, about)) return "The password is your name or e-mail. Use one that others can't look up.";
  if (isRepeated(lower) || isRuns(lower))
    return "The password is a plain row of keys. Use a longer mix of words.";
  if (isCommon(lower, await commonPasswords()))
    return "This password is one of the most used. Use a longer mix of words.";
  return null;
}

/** Unicode NFC, so that the same characters typed on another keyboard are the same password. */
export function normalPassword(password: string): string {
  return password.normalize("NFC");
}

function isAbout(lower: string, { email, name = "" }: { email: string; name?: string }): boolean {
  const address = email.trim().toLowerCase();
  const own = [address, address.split("@")[0] ?? "", ...address.split(/[@.]/), name.trim().toLowerCase()];
  const product = ["contactsheet", "contact sheet", "contact-sheet"];
  return (
    [...own, ...product].some((word) => word.length >= 3 && lower.replace(/[\d\W_]{0,4}$/, "") === word) ||
    own.includes(lower)
  );
}

// "aaaaaaaa", "abababab", "testtest": up to four characters over and over.
function isRepeated(lower: string): boolean {
  return [1, 2, 3, 4].some(
    (size) =>
      lower.length > size && lower === lower.slice(0, size).repeat(lower.length).slice(0, lower.length),
  );
}

const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjkl",
  "qsdfghjklm",
  "zxcvbnm",
  "yxcvbnm",
  "!@#$%^&*()",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "qazwsxedcrfvtgbyhnujm",
  "zaq12wsxcde34rfv",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "a1b2c3d4e5f6g7h8i9j0",
  "147258369",
];
const RUNS = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(""))];

// "qwerty123", "1qaz2wsx", "abcd1234": nothing but pieces of three or more keys in their order.
function isRuns(lower: string): boolean {
  let rest = lower;
  while (rest) {
    const taken = longestRun(rest);
    if (taken < Math.min(3, rest.length)) return false;
    rest = rest.slice(taken);
  }
  return true;
}

function longestRun(text: string): number {
  const same = /^(.)\1*/u.exec(text)?.[0].length ?? 0;
  for (let size = text.length; size > same; size--) {
    if (RUNS.some((run) => run.includes(text.slice(0, size)))) return size;
  }
  return same;
}

const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

function isCommon(lower: string, common: ReadonlySet<string>): boolean {
  const bare = lower.replace(/^[\d\W_]{1,4}(?=\p{L})/u, "");
  const spellings = [lower, bare].flatMap((text) => [text, ...[1, 2, 3, 4].map((n) => withoutTail(text, n))]);
  return spellings.some(
    (text) => common.has(text) || common.has(plain(text)) || isTwice(plain(text), common),
  );
}

function withoutTail(text: string, length: number): string {
  return /^[\d\W_]+$/.test(text.slice(-length)) ? text.slice(0, -length) : text;
}

function plain(text: string): string {
  return [...text].map((char) => LEET[char] ?? char).join("");
}

function isTwice(text: string, common: ReadonlySet<string>): boolean {
  const half = text.slice(0, text.length / 2);
  return half.length >= 3 && half + half === text && common.has(half);
}

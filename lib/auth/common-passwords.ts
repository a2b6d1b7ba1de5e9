import "server-only";

// The list is in order of frequency. Its first 10,000 hold the 3,000 most used of 8 characters and more, which R57
// (OWASP ASVS 6.2.4) wants refused, and the shorter words that people lengthen with digits.
const FIRST = 10_000;

// Newer names, other languages and this product's own field, which the list ranks low or lacks.
const ADDED = `
administrator root login contrasena motdepasse senha wachtwoord qwertz qwe asdf zxc abc abcdef abcdefg
fortnite xbox iphone android twitter instagram yahoo linkedin snapchat whatsapp adobe photoshop macintosh linux ubuntu
database everything everyone somebody boyfriend girlfriend bestfriend jesuschrist godisgood nopassword yourpassword
newpassword oldpassword temporary opensesame hocuspocus mickeymouse spartacus frankenstein beyonce rihanna justinbieber
onedirection millionaire champions wednesday photographer image images sheet
`;

let loaded: Promise<ReadonlySet<string>> | undefined;

/** The most used passwords and the words they are made of, in lower case. Read at the first new password. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set([...dictionary["passwords-common"].slice(0, FIRST), ...ADDED.trim().split(/\s+/)]);
}

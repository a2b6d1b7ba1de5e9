import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it } from "vitest";
import { normalPassword, passwordProblem } from "./password-rules";

const about = { email: "mara.lind@kontor.example", name: "Mara Lind" };

describe("passwordProblem", () => {
  it.each([
    "password",
    "Password1",
    "passw0rd!",
    "p@ssword123",
    "12345678",
    "1234567890",
    "87654321",
    "qwertyuiop",
    "qwerty123",
    "1q2w3e4r",
    "1qaz2wsx",
    "zaq12wsx",
    "qazwsxedc",
    "asdf1234",
    "abcd1234",
    "aaaaaaaa",
    "11111111",
    "abababab",
    "testtest",
    "abcabcabc",
    "iloveyou",
    "sunshine",
    "Princess1",
    "football",
    "baseball1",
    "superman",
    "michael1",
    "jordan23",
    "letmein1",
    "welcome1",
    "trustno1",
    "starwars",
    "monkey12",
    "dragon99",
    "123qweasd",
    "liverpool",
    "chocolate",
    "butterfly",
    "computer",
    "whatever",
    "password1234",
    "changeme",
    "administrator",
    "asdfghjkl",
    "zxcvbnm1",
    "147258369",
    "monkeymonkey",
  ])("refuses %s, one of the most used", async (password) => {
    expect(await passwordProblem(password, about)).not.toBeNull();
  });

  it("refuses the 3,000 most used of 8 characters and more, whatever their case", async () => {
    const most = dictionary["passwords-common"].filter((text) => text.length >= 8).slice(0, 3_000);
    const taken: string[] = [];
    for (const password of most) {
      if ((await passwordProblem(password, about)) === null) taken.push(password);
      if ((await passwordProblem(password.toUpperCase(), about)) === null) taken.push(password);
    }
    expect(most).toHaveLength(3_000);
    expect(taken).toEqual([]);
  });

  it.each([
    "mara.lind@kontor.example",
    "MARA.LIND",
    "mara lind",
    "mara.lind12",
    "contactsheet",
    "Contact Sheet1",
  ])("refuses %s, which names the person or the product", async (password) => {
    expect(await passwordProblem(password, about)).toMatch(/name|used/);
  });

  it.each([
    "correct horse battery staple",
    "Tr0ub4dor&3",
    "jagh fem åker",
    "пароль длинный",
    "密码密码安全钥匙盒",
    "kontor-lampa-77",
    "aq8-mn2-zx",
    "🦊🦊🐢🐢🦉🦉🐙🐳",
    "xxx and a long tail of other words",
  ])("takes %s", async (password) => {
    expect(await passwordProblem(password, about)).toBeNull();
  });

  it("says how long it is and how long it must be", async () => {
    expect(await passwordProblem("abc", about)).toBe("The password has 3 characters. It needs 8.");
    expect(await passwordProblem("lamp ".repeat(300), about)).toBe(
      "The password has 1500 characters. The limit is 1,024.",
    );
  });

  it("takes 1,024 characters and composes them before counting", async () => {
    expect(await passwordProblem("lamp".repeat(200) + "zebra ".repeat(37), about)).toBeNull();
    expect(normalPassword("e\u0301")).toBe("\u00e9");
  });
});

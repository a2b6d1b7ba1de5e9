import { Trouble } from "./trouble.mjs";

// What each instance would else make for itself: a page of one would not be understood by the next.
const SHARED = {
  DATABASE_URL: "the one database",
  NEXTAUTH_SECRET: "seals sign-in cookies; openssl rand -base64 48",
  ENCRYPTION_KEY: "seals provider keys; openssl rand -base64 32",
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "lets any instance take any page's actions; openssl rand -base64 32",
  DEPLOYMENT_ID: "names this version, so that open pages load the next one; for example the commit",
};

/**
 * Stops a start that is said to be one of several (INSTANCES) without what they must have in common.
 * @param {Record<string, string | undefined>} env
 */
export function checkSeveral(env) {
  const instances = env.INSTANCES?.trim() || "1";
  if (!/^[1-9]\d{0,3}$/.test(instances)) {
    throw new Trouble(
      `INSTANCES is "${instances}". It is how many web processes serve this installation, for example 2.`,
    );
  }
  if (instances === "1") return;
  const missing = Object.entries(SHARED).filter(([name]) => !env[name]?.trim());
  if (missing.length === 0) return;
  throw new Trouble(
    `INSTANCES is ${instances}, and all of them need the same values of these. Nothing was started.\n` +
      missing.map(([name, what]) => `  ${name}  (${what})`).join("\n"),
  );
}

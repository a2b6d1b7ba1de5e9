import "server-only";
import { defaultChoice, listModelChoices } from "@/lib/connections/queries";
import { fitSettings } from "@/lib/models/fit-settings";
import { DEFAULT_SETTINGS } from "../constants";
import type { SessionSettings } from "../types";

/** What a new session of that person starts with: the model they most likely want, asked for what it takes. */
export async function newSettings({ userId }: { userId: string }): Promise<SessionSettings> {
  const [chosen, choices] = await Promise.all([defaultChoice({ userId }), listModelChoices({ userId })]);
  const settings = { ...DEFAULT_SETTINGS, ...chosen };
  const choice = choices.find(
    ({ connection, model }) => connection === chosen.connection && model === chosen.model,
  );
  return choice ? fitSettings(settings, choice.capabilities) : settings;
}

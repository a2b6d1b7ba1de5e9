import { dispatchProbes } from "@/lib/inputs/mutations/dispatch-probes";
import { probeInput } from "@/lib/inputs/mutations/probe-input";
import { giveUpProbe } from "@/lib/inputs/mutations/release-probes";
import { onEvent } from "../define";
import { probeRequested } from "../events";

/** Looks at one uploaded file, then hands out the next one. */
export const probeInputFunction = onEvent(
  { id: "probe-input", retries: 3, boundBy: ["ownerId"], startWithin: "10m" },
  probeRequested,
  async ({ inputId, probe }, { step }) => {
    await step.run("probe", () => probeInput({ inputId, probe }));
    await step.run("dispatch", () => dispatchProbes());
  },
  giveUpProbe,
);

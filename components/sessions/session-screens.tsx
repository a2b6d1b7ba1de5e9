"use client";

import dynamic from "next/dynamic";

// A draft, a run and a chain share one address and little else: a page loads the code of the one it shows.

export const DraftScreen = dynamic(() =>
  import("@/components/inputs/draft-setup").then((code) => code.DraftSetup),
);

export const RunScreen = dynamic(() => import("./results").then((code) => code.Results));

export const SerialScreen = dynamic(() =>
  import("@/components/steps/serial-screen").then((code) => code.SerialScreen),
);

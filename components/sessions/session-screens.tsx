"use client";

import dynamic from "next/dynamic";

// A draft and a run share one address and little else: a page loads the code of the one it shows.

export const DraftScreen = dynamic(() =>
  import("@/components/inputs/draft-setup").then((code) => code.DraftSetup),
);

export const RunScreen = dynamic(() => import("./results").then((code) => code.Results));

"use client";

import dynamic from "next/dynamic";
import { type ComponentType, useEffect, useEffectEvent } from "react";
import { useToast } from "./toast";

type Panel = { onClose: () => void };

/** A panel whose code comes when it is first opened. When it cannot come, the page stays and says so. */
export function panelOnDemand<Props extends Panel>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return dynamic<Props>(() => load().catch(() => NotLoaded));
}

function NotLoaded({ onClose }: Panel) {
  const toast = useToast();
  const say = useEffectEvent(() => {
    toast.show({
      tone: "error",
      text: "This did not open: the server can't be reached, or the app was updated. Nothing is lost; reload the page.",
    });
    onClose();
  });
  useEffect(() => say(), []);
  return null;
}

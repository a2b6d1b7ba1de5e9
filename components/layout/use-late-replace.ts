"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";

/** The router's replace for the end of something that took its time: who has gone on to another page stays there. */
export function useLateReplace(): <T extends string>(address: Route<T>) => void {
  const router = useRouter();
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useCallback(
    <T extends string>(address: Route<T>) => {
      if (isShown.current) router.replace(address);
    },
    [router],
  );
}

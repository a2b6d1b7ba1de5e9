"use client";

import { useLayoutEffect } from "react";
import { HYDRATED } from "./early-events";

/** Says that React has taken the page over. */
export function Hydrated() {
  useLayoutEffect(() => void window.dispatchEvent(new Event(HYDRATED)), []);
  return null;
}

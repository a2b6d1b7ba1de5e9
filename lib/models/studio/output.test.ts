import { describe, expect, it } from "vitest";
import type { OutputSettings } from "@/lib/sessions/types";
import { HELD_NOWHERE } from "./held-sides";
import { applyOutputSize } from "./output";
import { drawShape } from "./subject/test-pictures";

const red = () => drawShape({ width: 90, height: 60, front: [200, 10, 10], back: [200, 10, 10] }, () => 1);

const ask = (size: OutputSettings["size"], format: OutputSettings["format"] = "png") =>
  applyOutputSize(red(), { format, quality: 90, size });

describe("applyOutputSize", () => {
  it.each([
    [{ mode: "keep" }, 90, 60],
    [{ mode: "long-edge", pixels: 45 }, 45, 30],
    [{ mode: "long-edge", pixels: 180 }, 180, 120],
    [{ mode: "exact", width: 120, height: 120, pad: "#ffffff" }, 120, 120],
    [{ mode: "exact", width: 16, height: 200, pad: "transparent" }, 16, 200],
  ] as const)("%o gives %i x %i", async (size, width, height) => {
    const result = await ask(size);
    expect([result.width, result.height, result.data.length]).toEqual([width, height, width * height * 4]);
  });

  it("pads an exact size with its colour and keeps the picture in the middle", async () => {
    const { data } = await ask({ mode: "exact", width: 120, height: 120, pad: "#0a80ff" });
    expect([...data.subarray(0, 4)]).toEqual([10, 128, 255, 255]);
    const middle = (60 * 120 + 60) * 4;
    expect([...data.subarray(middle, middle + 4)]).toEqual([200, 10, 10, 255]);
  });

  it.each([
    ["top", 0],
    ["bottom", 40],
    ["left", 20],
  ] as const)("a subject cut off at the %s stays at that side", async (side, top) => {
    const size = { mode: "exact", width: 120, height: 120, pad: "#0a80ff" } as const;
    const held = async () => ({ ...HELD_NOWHERE, [side]: true });
    const { data } = await applyOutputSize(red(), { format: "png", quality: 90, size }, held);
    const rows = Array.from({ length: 120 }, (_, y) => y).filter((y) => data[(y * 120 + 60) * 4] === 200);
    expect([rows[0], rows.length]).toEqual([top, 80]);
  });

  it("transparent padding is clear, and white where the format has no alpha", async () => {
    const size = { mode: "exact", width: 120, height: 120, pad: "transparent" } as const;
    expect((await ask(size)).data[3]).toBe(0);
    expect([...(await ask(size, "jpeg")).data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  });
});

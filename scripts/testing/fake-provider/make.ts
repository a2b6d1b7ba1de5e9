import { setTimeout as pause } from "node:timers/promises";
import type { Ask } from "./dialects/dialect";
import type { Exchange } from "./exchange";
import {
  damagedAsk,
  damagedPictures,
  damagedReply,
  isCharged,
  json,
  type Reply,
  usedAsk,
} from "./faults/damage";
import { badImage } from "./images-in";
import { answerPicture } from "./pictures/answer-picture";
import { numberOf } from "./pictures/known-numbers";
import { sha256, type Trace } from "./pictures/trace";
import { drawLatency } from "./random";
import type { Fault } from "./settings";

type Maker = Pick<Exchange, "provider" | "call">;
type Work = { ask: Ask; fault: Fault | null; latencyMs: number | null };

/** Paints, waits until the model would be done, and answers what is to be sent. The work is billed from here on. */
export async function make(exchange: Maker, { ask, fault, latencyMs }: Work): Promise<Reply> {
  const { call, provider } = exchange;
  const started = Date.now();
  const { latency, latencyByQuality, seed } = provider.settings;
  const drawn = drawLatency(latencyByQuality[ask.quality ?? ""] ?? latency, { seed, call: call.number });
  const isLost = fault !== null && !isPainted(fault);
  const pictures = isLost ? [] : await paintAll(exchange, { ask: damagedAsk(ask, fault?.kind) });
  call.results = pictures.map((picture) => ({ sha256: sha256(picture), bytes: picture.length }));
  await pause(Math.max(0, (latencyMs ?? drawn) - (Date.now() - started)));

  call.charged = fault ? isCharged(fault) : true;
  const used = usedAsk(ask, fault?.kind);
  call.tokens = used.tokens;
  if (isLost) return json(200, {});
  const answer = provider.dialect.answer({
    ask: used,
    pictures: damagedPictures(pictures, fault?.kind),
    created: Math.floor(Date.now() / 1000),
    origin: provider.origin,
    keep: (picture, format) => provider.keep(picture, format),
  });
  return damagedReply(answer, fault?.kind);
}

/** Faults whose answer never begins need no picture. */
function isPainted({ kind }: Fault): boolean {
  return ![
    "hang",
    "close_before_headers",
    "reset_before_headers",
    "headers_then_silence",
    "huge_body",
  ].includes(kind);
}

async function paintAll({ call, provider }: Maker, { ask }: { ask: Ask }): Promise<Buffer[]> {
  const mode = provider.settings.pictures;
  const [first] = ask.images;
  const trace: Trace = {
    input: first?.sha256 ?? null,
    prompt: sha256(ask.prompt),
    call: call.number,
    index: 0,
    source: null,
  };
  try {
    if (first) trace.source = await numberOf(first);
    return await Promise.all(
      Array.from({ length: ask.n }, (_, index) =>
        answerPicture(
          {
            size: ask.size,
            format: ask.format,
            compression: ask.compression,
            transparent: ask.background === "transparent",
            source: first?.bytes ?? null,
            repaint: ask.mask?.repaint ?? null,
            trace: { ...trace, index },
          },
          mode,
        ),
      ),
    );
  } catch {
    // The header was fine, the pixels are not.
    throw badImage(1);
  }
}

"use client";

import { CircleAlert, CircleCheck, CircleDashed, KeyRound } from "lucide-react";
import { LocalTime } from "@/components/sessions/local-time";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/pill";
import { DIALECT_FACTS } from "@/lib/connections/constants";
import type { ConnectionView } from "@/lib/connections/types";
import { plural } from "@/lib/words";
import { limitLines, paceWords } from "./limit-words";
import type { TestOutcome } from "./use-connection-tests";

type ConnectionCardProps = {
  connection: ConnectionView;
  outcome: TestOutcome | undefined;
  onTest: () => void;
  onShow: (what: "change" | "limits" | "revoke") => void;
};

/** One connection: what it is, whether it works, what it may do, and what can be done with it. */
export function ConnectionCard({ connection, outcome, onTest, onShow }: ConnectionCardProps) {
  const { key, label, mayEdit, mayEditLimits, keyLost } = connection;
  const headingId = `connection-${key}`;
  return (
    <section aria-labelledby={headingId} className="rounded-panel border border-line bg-surface">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 pt-3.5 pb-3 sm:px-5">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex items-center gap-2">
            <h2 id={headingId} className="min-w-0 truncate font-semibold text-lead">
              {label}
            </h2>
            <StatePill connection={connection} outcome={outcome} />
          </div>
          <Facts connection={connection} />
        </div>
        <div className="flex flex-wrap gap-2">
          {mayEditLimits && (
            <Button size="small" pending={outcome?.state === "running"} onClick={onTest} disabled={keyLost}>
              Test<span className="sr-only"> {label}</span>
            </Button>
          )}
          {mayEdit && (
            <>
              <Button size="small" look="ghost" onClick={() => onShow("change")}>
                Change<span className="sr-only"> {label}</span>
              </Button>
              <Button size="small" look="danger" onClick={() => onShow("revoke")}>
                Revoke<span className="sr-only"> {label}</span>
              </Button>
            </>
          )}
        </div>
      </header>
      <Outcome connection={connection} outcome={outcome} />
      <Limits connection={connection} onChange={mayEditLimits ? () => onShow("limits") : null} />
    </section>
  );
}

type StateProps = Pick<ConnectionCardProps, "connection" | "outcome">;

function StatePill({ connection: { keyLost, testedAt, origin }, outcome }: StateProps) {
  if (keyLost) {
    return (
      <Pill tone="err" icon={KeyRound}>
        Key needed
      </Pill>
    );
  }
  if (outcome?.state === "failed") {
    return (
      <Pill tone="err" icon={CircleAlert}>
        Does not work
      </Pill>
    );
  }
  if (testedAt !== null) {
    return (
      <Pill tone="ok" icon={CircleCheck}>
        Works
      </Pill>
    );
  }
  if (origin === "environment") return null;
  return (
    <Pill tone="idle" icon={CircleDashed}>
      Not tested
    </Pill>
  );
}

function Facts({ connection }: { connection: ConnectionView }) {
  const { dialect, address, hasKey, last4, models, testedAt, mayEditLimits } = connection;
  const { label, detail, ownAddress } = DIALECT_FACTS[dialect];
  const kind = dialect === "openai" ? label : [label, detail].filter(Boolean).join(" ");
  const shownAddress = address ?? (mayEditLimits ? ownAddress : null);
  const facts = [
    kind === connection.label ? null : kind,
    shownAddress,
    hasKey ? `key${last4 ? ` …${last4}` : ""}` : "no key",
    models.length > 0 ? plural(models.length, "model") : null,
  ];
  return (
    <p className="edge-print mt-1">
      {facts.filter(Boolean).join(" · ")}
      {testedAt !== null && (
        <>
          {" · tested "}
          <LocalTime at={testedAt} />
        </>
      )}
    </p>
  );
}

function Outcome({ connection: { keyLost, origin, mayEditLimits }, outcome }: StateProps) {
  const isFailed = outcome?.state === "failed";
  const words = outcome && outcome.state !== "running" ? outcome.words : null;
  return (
    <div className="px-4 text-dense sm:px-5">
      {origin === "environment" && (
        <p className="pb-3 text-ink-2">
          Everybody on this installation can use it.
          {mayEditLimits && " Its key and address come from OPENAI_API_KEY and OPENAI_BASE_URL."}
        </p>
      )}
      {keyLost && (
        <p className="pb-3 text-err">
          The stored key can't be opened any more, because this installation got another ENCRYPTION_KEY.
          Choose Change and put the key in again.
        </p>
      )}
      <p role="status" className={words ? `pb-3 ${isFailed ? "text-err" : "text-ok"}` : "sr-only"}>
        {words}
      </p>
    </div>
  );
}

type LimitsProps = { connection: ConnectionView; onChange: (() => void) | null };

function Limits({ connection, onChange }: LimitsProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 border-line border-t px-4 py-3 sm:px-5">
      <dl className="grid min-w-0 grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-dense">
        {limitLines(connection).map(({ label, value, from }) => (
          <div key={label} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-2">{label}</dt>
            <dd>
              {value}
              {from && <span className="text-ink-3"> · {from}</span>}
            </dd>
          </div>
        ))}
        <div className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-2">Now</dt>
          <dd>{paceWords(connection.limits)}</dd>
        </div>
      </dl>
      {onChange && (
        <Button size="small" look="ghost" onClick={onChange}>
          Change limits<span className="sr-only"> of {connection.label}</span>
        </Button>
      )}
    </div>
  );
}

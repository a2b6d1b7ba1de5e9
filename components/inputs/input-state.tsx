"use client";

import {
  CircleAlert,
  CircleMinus,
  CircleX,
  Clock,
  Copy,
  Files,
  Pencil,
  ScanSearch,
  Upload,
} from "lucide-react";
import { Pill } from "@/components/ui/pill";
import type { UploadTask } from "@/components/uploads/upload-queue";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import { frameNumber } from "./input-list";

type InputStateProps = {
  row: InputRow;
  task: UploadTask | undefined;
  copyOf: InputRow | undefined;
  /** What becomes of its name, when another has it too. */
  namesake?: string;
};

/** Where an input stands, in a word. A plain ready image needs none. */
export function InputState({ row, task, copyOf, namesake }: InputStateProps) {
  switch (row.state) {
    case "refused":
      return (
        <Pill tone="err" icon={CircleX}>
          Not added
        </Pill>
      );
    case "probing":
      return (
        <Pill tone="run" icon={ScanSearch}>
          Checking
        </Pill>
      );
    case "uploading":
      return <UploadingState task={task} />;
    case "ready":
      return <ReadyState row={row} copyOf={copyOf} namesake={namesake} />;
  }
}

function UploadingState({ task }: { task: UploadTask | undefined }) {
  if (!task) {
    return (
      <Pill tone="warn" icon={CircleAlert}>
        Missing
      </Pill>
    );
  }
  if (task.state === "failed") {
    return (
      <Pill tone="err" icon={CircleAlert}>
        Not uploaded
      </Pill>
    );
  }
  if (task.state === "waiting") {
    return (
      <Pill tone="idle" icon={Clock}>
        Waiting
      </Pill>
    );
  }
  const percent = task.bytes > 0 ? Math.floor((task.sentBytes / task.bytes) * 100) : 100;
  return (
    <Pill tone="run" icon={Upload}>
      {percent} %
    </Pill>
  );
}

function ReadyState({ row, copyOf, namesake }: Omit<InputStateProps, "task">) {
  if (row.excluded) {
    return (
      <Pill tone="idle" icon={CircleMinus}>
        Left out
      </Pill>
    );
  }
  // A small tile has no room for every word; all are in the name a screen reader says.
  return (
    <>
      {row.promptMode !== "inherit" && !isPromptRow(row) && (
        <Pill tone="idle" icon={Pencil}>
          {row.promptMode === "append" ? "Adds" : "Own"}
        </Pill>
      )}
      {copyOf && (
        <Pill tone="idle" icon={Copy}>
          <span className="@max-[240px]:sr-only">As </span>
          {frameNumber(copyOf.position)}
        </Pill>
      )}
      {namesake && !copyOf && (
        <span title={namesake}>
          <Pill tone="idle" icon={Files}>
            <span className="@max-[240px]:sr-only">Same name</span>
          </Pill>
        </span>
      )}
    </>
  );
}

/** The state as words, for the name a screen reader says. */
export function inputStateWords({ row, task, copyOf, namesake }: InputStateProps): string {
  if (row.state === "refused") return "not added";
  if (row.state === "probing") return "checking";
  if (row.state === "uploading") return task && task.state !== "failed" ? "uploading" : "not uploaded";
  if (row.excluded) return "left out";
  const own = row.promptMode === "inherit" ? "" : ", own prompt";
  const copy = copyOf ? `, same file as ${copyOf.position}` : "";
  return `ready${own}${copy}${namesake ? `, ${namesake}` : ""}`;
}

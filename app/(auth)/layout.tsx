import type { ReactNode } from "react";
import { Wordmark } from "@/components/layout/wordmark";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas px-4 py-12 text-ink">
      <div className="w-full max-w-96 rounded-panel border border-line bg-surface p-6 sm:p-8">
        <Wordmark />
        {children}
      </div>
    </main>
  );
}

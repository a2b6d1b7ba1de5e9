import type { ReactNode } from "react";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas px-4 py-12 text-ink">
      <div className="w-full max-w-[360px] rounded-panel border border-line bg-surface p-6 sm:p-8">
        <p className="font-mono text-edge text-ink-3 uppercase tracking-wider">Contact Sheet</p>
        {children}
      </div>
    </main>
  );
}

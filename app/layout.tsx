import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { HYDRATED, keepEarlyEvents } from "@/components/layout/early-events";
import { Hydrated } from "@/components/layout/hydrated";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { THEME_COOKIE, themeOf } from "@/lib/theme/constants";
import { fontVariables } from "./fonts";

export const metadata: Metadata = {
  title: { default: "Contact Sheet", template: "%s · Contact Sheet" },
  description: "Edit images in bulk: drop a folder, write one prompt, watch every image, take them away.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#141414" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the cookie also makes every page render per request, which the script nonce needs.
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={fontVariables} data-theme={theme}>
      <body>
        <script nonce={nonce}>{`(${keepEarlyEvents})("${HYDRATED}")`}</script>
        <TooltipProvider>
          <ToastProvider>{children}</ToastProvider>
        </TooltipProvider>
        <Hydrated />
      </body>
    </html>
  );
}

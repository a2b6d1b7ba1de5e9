"use client";

import "./globals.css";
import { Problem } from "@/components/layout/problem";
import { Button } from "@/components/ui/button";

/** Stands in for the root layout, so it brings its own html and body. */
export default function GlobalError({ retry }: { error: Error; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Not shown · Contact Sheet</title>
        <Problem
          title="Contact Sheet could not be shown"
          actions={
            <Button look="primary" onClick={retry}>
              Try again
            </Button>
          }
        >
          <p>
            Your sessions and images are kept, and runs go on without this page. If it stays like this, check
            that the database is up.
          </p>
        </Problem>
      </body>
    </html>
  );
}

import { Check, Copy } from "lucide-react";
import { useState } from "react";

import { texts } from "@/components/texts";
import { Button } from "@/components/ui/button";
import { notify } from "@/lib/notify";

const SHOWN_MS = 2_000;

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label = "Copy", className }: { text: string; label?: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      notify({
        title: "Your browser does not let this page copy. Select the text and copy it yourself.",
        tone: "danger",
      });
    }
  };
  return (
    <Button size="s" className={className} onClick={copy}>
      {copied ? <Check /> : <Copy />}
      <span aria-live="polite">{copied ? texts.copied : label}</span>
    </Button>
  );
}

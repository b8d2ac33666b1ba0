import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, ExternalLink, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { Moment } from "@/components/ui/moment";
import { Switch } from "@/components/ui/switch";
import { DeleteFunnel } from "@/features/funnels/delete-funnel";
import { download } from "@/features/funnels/download";
import { type Funnel, nameOfFunnel, snippet } from "@/features/funnels/funnel";
import { FunnelForm } from "@/features/funnels/funnel-form";
import { QrCode, qrPng, qrSvg } from "@/components/qr-code";
import { texts } from "@/features/funnels/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";

/** One form: open or closed, and the ways to give it away. */
export function FunnelCard({ funnel }: { funnel: Funnel }) {
  const [isChanging, setChanging] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const url = funnel.formUrl;
  return (
    <article className="grid gap-5 rounded-l border border-line bg-surface p-4 sm:grid-cols-[1fr_auto] sm:p-5">
      <div className="grid min-w-0 content-start gap-4">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 flex-1 text-l font-semibold wrap-anywhere">{nameOfFunnel(funnel)}</h2>
          <OpenSwitch funnel={funnel} />
          {isOwner() && (
            <>
              <Button
                variant="quiet"
                size="icon-s"
                aria-label={`Change ${nameOfFunnel(funnel)}`}
                onClick={() => setChanging(true)}
              >
                <Pencil />
              </Button>
              <Button
                variant="quiet"
                size="icon-s"
                aria-label={`Delete ${nameOfFunnel(funnel)}`}
                onClick={() => setDeleting(true)}
              >
                <Trash2 />
              </Button>
            </>
          )}
          {funnel.name && funnel.title && funnel.name !== funnel.title && (
            <p className="w-full text-s text-soft">{texts.inboxName(funnel.name)}</p>
          )}
          {funnel.silence && (
            <p role="status" className="w-full rounded-s bg-warn-soft px-3 py-2 text-s text-warn">
              {texts.silent(funnel.silence.expected)} <Moment at={funnel.silence.since} />.
            </p>
          )}
          {funnel.intro && <p className="w-full text-s text-soft">{funnel.intro}</p>}
        </header>
        <div className="grid gap-1.5">
          <h3 className="text-s font-medium">{texts.link}</h3>
          <div className="flex flex-wrap items-center gap-2">
            <code className="min-w-0 rounded-s bg-sunken px-2 py-1.5 text-s break-all">{url}</code>
            <CopyButton text={url} />
            <Button asChild size="s">
              <a href={url} target="_blank" rel="noreferrer">
                <ExternalLink /> {texts.open}
              </a>
            </Button>
          </div>
        </div>
        <div className="grid gap-1.5">
          <h3 className="text-s font-medium">{texts.embed}</h3>
          <p className="text-s text-soft">{texts.embedAbout}</p>
          <pre tabIndex={0} className="overflow-x-auto rounded-s bg-sunken p-3 text-xs">
            {snippet(funnel)}
          </pre>
          <CopyButton text={snippet(funnel)} className="justify-self-start" />
        </div>
      </div>
      <div className="grid content-start justify-items-center gap-3">
        <QrCode text={url} className="size-44 rounded-m border border-line" />
        <div className="flex gap-2">
          <Button
            size="s"
            onClick={() =>
              download(new Blob([qrSvg(url)], { type: "image/svg+xml" }), `${funnel.slug ?? "form"}-qr.svg`)
            }
          >
            <Download /> SVG
          </Button>
          <Button size="s" onClick={async () => download(await qrPng(url), `${funnel.slug ?? "form"}-qr.png`)}>
            <Download /> PNG
          </Button>
        </div>
        <p className="max-w-44 text-center text-xs text-soft">{texts.qrAbout}</p>
      </div>
      {isDeleting && <DeleteFunnel funnel={funnel} onClose={() => setDeleting(false)} />}
      {isChanging && <FunnelForm funnel={funnel} onClose={() => setChanging(false)} />}
    </article>
  );
}

/** Opens at once, and asks before it closes: every link and code that was given away leads to the form. */
function OpenSwitch({ funnel }: { funnel: Funnel }) {
  const client = useQueryClient();
  const [isClosing, setClosing] = useState(false);
  const change = useMutation({
    mutationFn: (isActive: boolean) =>
      answered(api.PATCH("/api/funnels/{id}", { params: { path: { id: funnel.id } }, body: { isActive } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["funnels"] }),
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: () => setClosing(false),
  });
  const label = funnel.isActive ? texts.open : texts.closed;
  if (!isOwner()) {
    return <Badge tone={funnel.isActive ? "good" : "neutral"}>{label}</Badge>;
  }
  return (
    <>
      <label className="ms-auto flex items-center gap-2 text-s" title={texts.closeAbout}>
        {label}
        <Switch
          checked={funnel.isActive}
          disabled={change.isPending}
          onCheckedChange={(on) => (on ? change.mutate(true) : setClosing(true))}
        />
      </label>
      <Confirm
        open={isClosing}
        onOpenChange={setClosing}
        title={texts.close(nameOfFunnel(funnel))}
        action={texts.closeIt}
        busy={change.isPending}
        onConfirm={() => change.mutate(false)}
      >
        {texts.closeAsk}
      </Confirm>
    </>
  );
}

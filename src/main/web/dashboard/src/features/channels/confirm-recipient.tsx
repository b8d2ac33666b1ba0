import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { texts } from "@/features/channels/texts";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { type Channel, channelsQuery } from "@/lib/channels";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";
import { useNow } from "@/lib/use-now";

const ANOTHER_AFTER_MS = 60_000;

/** Asks for the code that was sent to a new recipient; leads do not go there before. The card says why another code was not sent. */
export function ConfirmRecipient({
  channel,
  sendAgain,
  busy,
}: {
  channel: Channel & { pendingRecipient: string };
  sendAgain: () => void;
  busy: boolean;
}) {
  const { type, recipient, pendingRecipient, confirmation } = channel;
  const [code, setCode] = useState("");
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: () =>
      answered(api.POST("/api/channels/{type}/confirm", { params: { path: { type } }, body: { code } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsQuery().queryKey });
      notify({ title: texts.confirmed, tone: "good" });
    },
    // Tries are used up, or another window has confirmed it.
    onError: () => client.invalidateQueries({ queryKey: channelsQuery().queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  const now = useNow(1_000);
  const again = confirmation ? Math.ceil((Date.parse(confirmation.sentAt) + ANOTHER_AFTER_MS - now) / 1_000) : 0;
  const isOver = !confirmation || confirmation.triesLeft === 0 || Date.parse(confirmation.expiresAt) <= now;
  const error = fieldError(confirm.error, "code") ?? otherErrors(confirm.error, ["code"]);
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 rounded-m bg-sunken p-4">
      <p className="text-s text-ink">
        {isOwner() ? texts.codeSent(pendingRecipient) : texts.waitsForCode(pendingRecipient)}{" "}
        {recipient ? texts.untilThen(recipient) : texts.heldUntilThen}
      </p>
      {confirmation?.problem && (
        <p role="alert" className="text-s text-danger">
          {texts.notArrived} {confirmation.problem}
        </p>
      )}
      {isOwner() && (
        <div className="flex flex-wrap items-start gap-2">
          <Field label={texts.code} error={isOver ? texts.codeOver : error} className="min-w-0 basis-48">
            <Input
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              className="tabular tracking-widest"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
          <Button
            type="submit"
            variant="primary"
            className="mt-7"
            disabled={isOver || confirm.isPending || code.replace(/\D/g, "").length !== 6}
          >
            {texts.confirm}
          </Button>
          <Button
            className="sm:mt-7"
            disabled={busy || again > 0}
            onClick={() => {
              setCode("");
              confirm.reset();
              sendAgain();
            }}
          >
            {again > 0 ? texts.anotherCodeIn(again) : texts.anotherCode}
          </Button>
        </div>
      )}
    </form>
  );
}

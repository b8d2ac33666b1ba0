import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { CodeForm } from "@/features/notifications/code-form";
import { texts } from "@/features/notifications/texts";
import { type Address, addressesQuery, confirmAddress, deleteAddress, setAddress } from "@/leads/addresses";
import { fieldError, otherErrors } from "@/lib/api";
import { channelsQuery } from "@/lib/channels";
import { notify } from "@/lib/notify";

/** Where the person is notified: an address and a number of their own, each confirmed by a code. */
export function MyAddresses() {
  const addresses = useQuery(addressesQuery());
  const channels = useQuery(channelsQuery());
  const isServed = (type: string) => channels.data?.some((each) => each.type === type && each.isServed) ?? false;
  return (
    <Panel title={texts.myAddresses}>
      {addresses.isPending || channels.isPending ? (
        <Waiting rows={2} />
      ) : addresses.isError ? (
        <Failed error={addresses.error} retry={() => void addresses.refetch()} />
      ) : (
        <ul className="divide-y divide-line">
          {addresses.data
            .filter(({ type }) => isServed(type))
            .map((address) => (
              <AddressRow key={address.type} address={address} />
            ))}
        </ul>
      )}
    </Panel>
  );
}

function AddressRow({ address }: { address: Address }) {
  const { type, recipient, isOwn, pendingRecipient } = address;
  const [isEditing, setEditing] = useState(false);
  const label = useId();
  const client = useQueryClient();
  const stored = (items: Address[]) => client.setQueryData(addressesQuery().queryKey, items);
  const set = useMutation({
    mutationFn: (wanted: string) => setAddress(type, wanted),
    onSuccess: (items) => {
      stored(items);
      setEditing(false);
    },
  });
  const confirm = useMutation({
    mutationFn: (code: string) => confirmAddress(type, code),
    onSuccess: (items) => {
      stored(items);
      notify({ title: texts.confirmed[type], tone: "good" });
    },
  });
  const forget = useMutation({
    mutationFn: () => deleteAddress(type),
    onSuccess: () => client.invalidateQueries({ queryKey: addressesQuery().queryKey }),
  });
  const wrong = otherErrors(set.error, ["recipient"]) ?? otherErrors(forget.error, []);
  return (
    <li aria-labelledby={label} className="grid gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p id={label} className="text-s font-medium">
            {texts.address[type]}
          </p>
          <p className="text-s wrap-anywhere text-soft">
            {recipient ? <span dir="ltr">{recipient}</span> : texts.noAddress[type]}
            {recipient && !isOwn && ` ${texts.signInAddress}`}
          </p>
        </div>
        {!isEditing && !pendingRecipient && (
          <div className="flex gap-2">
            <Button size="s" onClick={() => setEditing(true)}>
              {isOwn ? texts.change : texts.add[type]}
            </Button>
            {isOwn && (
              <Button size="s" variant="quiet" disabled={forget.isPending} onClick={() => forget.mutate()}>
                {texts.remove}
              </Button>
            )}
          </div>
        )}
      </div>
      {isEditing && !pendingRecipient && (
        <AddressForm
          type={type}
          busy={set.isPending}
          error={fieldError(set.error, "recipient")}
          onSave={(wanted) => set.mutate(wanted)}
          onCancel={() => {
            set.reset();
            setEditing(false);
          }}
        />
      )}
      {pendingRecipient && (
        <CodeForm
          recipient={pendingRecipient}
          busy={confirm.isPending}
          error={fieldError(confirm.error, "code") ?? otherErrors(confirm.error, ["code"])}
          onConfirm={(code) => confirm.mutate(code)}
          onResend={() => {
            confirm.reset();
            set.mutate(pendingRecipient);
          }}
          onGiveUp={() => forget.mutate()}
        />
      )}
      {wrong && (
        <p role="alert" className="text-s text-danger">
          {wrong}
        </p>
      )}
    </li>
  );
}

function AddressForm({
  type,
  busy,
  error,
  onSave,
  onCancel,
}: {
  type: Address["type"];
  busy: boolean;
  error: string | undefined;
  onSave: (recipient: string) => void;
  onCancel: () => void;
}) {
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(typed.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-2">
      <Field label={texts.newAddress[type]} hint={texts.codeIsSent} error={error} className="min-w-0 flex-1 basis-60">
        <Input
          autoFocus
          type={type === "sms" ? "tel" : "email"}
          autoComplete={type === "sms" ? "tel" : "email"}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <div className="flex gap-2 sm:mt-7">
        <Button type="submit" variant="primary" disabled={busy || typed.trim() === ""}>
          {texts.sendCode}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}

import { OnceDialog } from "@/components/ui/once-dialog";
import { texts } from "@/features/api-keys/texts";

/** Shows a key, and how it is used. */
export function KeyDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <OnceDialog title={texts.keyTitle} about={texts.keyOnce} secret={secret} onClose={onClose}>
      <p className="text-s text-soft">
        {texts.keyUse} <code className="block">Authorization: Bearer {secret.slice(0, 8)}…</code>
      </p>
    </OnceDialog>
  );
}

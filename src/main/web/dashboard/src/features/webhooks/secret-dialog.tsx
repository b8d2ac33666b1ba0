import { OnceDialog } from "@/components/ui/once-dialog";
import { texts } from "@/features/webhooks/texts";

/** Shows a new signing secret. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return <OnceDialog title={texts.secretTitle} about={texts.secretOnce} secret={secret} onClose={onClose} />;
}

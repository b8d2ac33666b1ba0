import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";

export function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty icon={Compass} title="There is nothing at this address">
        <p>The link may be old, or a letter of it got lost.</p>
        <Button asChild variant="primary">
          <Link to="/inbox" search={{}}>
            Go to the inbox
          </Link>
        </Button>
      </Empty>
    </main>
  );
}

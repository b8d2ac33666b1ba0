import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";

import { texts } from "@/app/texts";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";

export function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty icon={Compass} title={<h1>{texts.nothingHere}</h1>}>
        <p>{texts.nothingHereAbout}</p>
        <Button asChild variant="primary">
          <Link to="/inbox" search={{}}>
            {texts.toInbox}
          </Link>
        </Button>
      </Empty>
    </main>
  );
}

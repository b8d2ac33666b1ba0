import { Ellipsis, Pencil, Trash2 } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { pieces, type Template } from "@/features/templates/template";
import { texts } from "@/features/templates/texts";
import { mayWrite } from "@/lib/session";

/** A template as the list shows it; pressed, it is changed. */
export function TemplateRow({
  template,
  onChange,
  onRemove,
}: {
  template: Template;
  onChange: () => void;
  onRemove: () => void;
}) {
  const text = (
    <>
      <span className="block font-medium">{template.name}</span>
      {template.subject && (
        <span className="block truncate text-s">
          <Pieces text={template.subject} />
        </span>
      )}
      <span className="mt-0.5 line-clamp-2 text-s text-soft">
        <Pieces text={template.body} />
      </span>
    </>
  );
  if (!mayWrite()) {
    return <li className="px-4 py-3">{text}</li>;
  }
  return (
    <li className="flex items-center gap-1 pe-2 hover:bg-sunken">
      <button type="button" onClick={onChange} className="min-w-0 flex-1 py-3 ps-4 pe-1 text-start">
        {text}
      </button>
      <Menu
        trigger={
          <Button variant="quiet" size="icon" aria-label={texts.actions(template.name)}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={onChange}>
          <Pencil /> {texts.edit}
        </MenuItem>
        <MenuItem tone="danger" onSelect={onRemove}>
          <Trash2 /> {texts.remove}
        </MenuItem>
      </Menu>
    </li>
  );
}

function Pieces({ text }: { text: string }) {
  return pieces(text).map(({ text: piece, isPlace }, index) =>
    isPlace ? (
      <span key={index} className="rounded-s bg-accent-soft px-1 text-accent-strong">
        {piece.slice(2, -2).trim()}
      </span>
    ) : (
      piece
    ),
  );
}

import { ChartColumn, Table } from "lucide-react";
import { type ReactNode, useState } from "react";

import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/page";
import { texts } from "@/features/analytics/texts";

export interface Column {
  readonly name: string;
  readonly cells: readonly string[];
}

/** A chart for the eye, and the same as a table for whoever wants the numbers or cannot see it. */
export function ChartFrame({
  title,
  columns,
  children,
}: {
  title: string;
  columns: readonly Column[];
  children: ReactNode;
}) {
  const [isTable, setTable] = useState(false);
  return (
    <Panel
      title={title}
      actions={
        <Button
          variant="quiet"
          size="icon-s"
          aria-label={`${title}: ${isTable ? texts.asChart : texts.asTable}`}
          title={isTable ? texts.asChart : texts.asTable}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? <ChartColumn /> : <Table />}
        </Button>
      }
    >
      {isTable ? (
        <div className="max-h-80 overflow-auto" tabIndex={0} role="region" aria-label={title}>
          <table className="w-full text-s tabular">
            <thead className="sticky top-0 bg-surface">
              <tr>
                {columns.map(({ name }) => (
                  <th key={name} scope="col" className="px-4 py-2 text-start font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {columns[0]?.cells.map((first, index) => (
                <tr key={first} className="border-t border-line">
                  {columns.map(({ name, cells }) => (
                    <td key={name} className="px-4 py-1.5">
                      {cells[index]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="p-3 sm:p-4">{children}</div>
      )}
    </Panel>
  );
}

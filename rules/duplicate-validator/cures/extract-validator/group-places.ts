import { Refusal } from '../../../../core/edit/refusal';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { CureChoices, CureRequest } from '../../../../core/rule/cure';

/** Where a place of a group stands, as the finding tells it: counted from one. */
interface PlaceData {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly symbol?: string;
}

/** A place of a group in its document. */
export interface GroupPlace {
  readonly document: Document;
  /** Offset of its first character. */
  readonly at: number;
  /** Line, counted from one. */
  readonly line: number;
  /** `Class.method` around it, as the finding says. */
  readonly symbol: string;
}

/**
 * The places of a group that the user means, in the order of the finding: all, or those that were picked.
 * @throws Refusal `unknown-place`
 */
export async function chosenPlaces({ finding, choices, snapshot }: CureRequest): Promise<GroupPlace[]> {
  const data = finding.data.sites as unknown as readonly PlaceData[];
  const places: GroupPlace[] = [];
  for (const one of picked(data, choices)) places.push(await opened(one, snapshot));
  return places;
}

function picked(data: readonly PlaceData[], { places }: CureChoices): readonly PlaceData[] {
  if (!places) return data;
  for (const { file, line } of places) {
    if (!data.some((one) => one.file === file && one.line === line)) throw new Refusal('unknown-place', { file, line });
  }
  return data.filter((one) => places.some(({ file, line }) => one.file === file && one.line === line));
}

async function opened({ file, line, column, symbol = '' }: PlaceData, snapshot: Snapshot): Promise<GroupPlace> {
  const document = await snapshot.open(file);
  return { document, at: document.source.offsetAt({ line: line - 1, character: column - 1 }), line, symbol };
}

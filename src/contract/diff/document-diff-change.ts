/** Who sends what has changed: the client in requests, the server in responses. */
export type DiffSide = "request" | "response";

/** Where in an API something has changed. */
export interface DiffPlace {
  /** Method and path template: `GET /tasks/{user}`. Empty for what concerns the whole API. */
  readonly operation: string;
  /** `query parameter q`, `body`, `status 200`, `status 200 header Location`; empty for the operation as a whole. */
  readonly part: string;
  /** JSON pointer of a value inside the part, `*` for the items of a list; empty for the part as a whole. */
  readonly pointer: string;
}

interface Verdict {
  readonly breaking: boolean;
  /** Why it is so for a client. */
  readonly reason: string;
}

interface Verdicts {
  readonly request: Verdict;
  readonly response: Verdict;
}

function breaks(reason: string): Verdict {
  return { breaking: true, reason };
}

function fine(reason: string): Verdict {
  return { breaking: false, reason };
}

function both(verdict: Verdict): Verdicts {
  return { request: verdict, response: verdict };
}

const leftOut = fine("it can be left out");
const missed = breaks("requests without it are refused");
const unread = fine("a client that does not know it does not read it");
const notFound = breaks("a client that reads it finds none");
const refused = breaks("values that were taken are refused");
const unknown = breaks("a strict reader does not know what may come now");

/** Every kind of change, judged for a client that was written for the API as it was. */
const verdicts = {
  "server-removed": both(breaks("calls below that address are not answered any more")),
  "server-added": both(fine("the addresses that were there still are")),
  "credentials-removed": both(breaks("a client that signs in this way is turned away")),
  "credentials-added": both(fine("a client can sign in as before")),
  "operation-removed": both(breaks("calls of it are not answered any more")),
  "operation-added": both(fine("nobody calls it yet")),
  "parameter-removed": both(breaks("what it asked for is not done any more")),
  "parameter-added": both(leftOut),
  "required-parameter-added": both(missed),
  "style-changed": both(breaks("the same values are written in another way")),
  "body-removed": both(breaks("what it said is not read any more")),
  "body-added": both(leftOut),
  "required-body-added": both(missed),
  "media-type-removed": {
    request: breaks("bodies of that type are refused"),
    response: breaks("a client that reads this type does not get it any more"),
  },
  "media-type-added": {
    request: fine("the types that were taken still are"),
    response: fine("the types that were sent still are"),
  },
  "status-removed": both(breaks("a client that waits for it does not get it any more")),
  "success-status-added": both(breaks("a strict reader does not know it")),
  "error-status-added": both(fine("a client takes an error that it does not know for one of its class")),
  "content-removed": both(breaks("a client that reads the body finds none")),
  "content-added": both(fine("a client that reads no body does not notice")),
  "header-removed": both(notFound),
  "header-added": both(unread),
  "property-removed": { request: breaks("what it said is not read any more"), response: notFound },
  "property-added": { request: leftOut, response: unread },
  "required-property-added": { request: missed, response: unread },
  "became-required": { request: missed, response: fine("it is there more often than before") },
  "became-optional": {
    request: fine("it can still be sent"),
    response: breaks("a client that counts on it may find none"),
  },
  narrowed: { request: refused, response: fine("what comes was possible before") },
  widened: { request: fine("values that were taken still are"), response: unknown },
  altered: { request: refused, response: unknown },
} as const satisfies Record<string, Verdicts>;

export type ChangeKind = keyof typeof verdicts;

/** A difference, before it is judged. */
export interface Difference {
  readonly kind: ChangeKind;
  readonly side: DiffSide;
  /** What has changed: a keyword such as `enum`, or the name of what came or went. */
  readonly subject: string;
  /** As text; absent for what was not there. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** One difference between two documents with all places where it shows, judged for a client. */
export interface DocumentChange extends Difference, Verdict {
  readonly places: readonly DiffPlace[];
}

/** Gathers differences: one that shows in many places, as that of a shared schema does, is told once. */
export class ChangeList {
  readonly #byText = new Map<string, { readonly difference: Difference; readonly places: DiffPlace[] }>();

  add(difference: Difference, place: DiffPlace): void {
    const { kind, side, subject, before, after } = difference;
    // The last step only: a shared schema stands at different depths.
    const last = place.pointer.slice(place.pointer.lastIndexOf("/") + 1);
    const key = JSON.stringify([kind, side, subject, before ?? null, after ?? null, last]);
    const known = this.#byText.get(key) ?? { difference, places: [] };
    this.#byText.set(key, known);
    known.places.push(place);
  }

  /** Breaking ones first, otherwise in the order in which they were found. */
  judged(): readonly DocumentChange[] {
    const changes = [...this.#byText.values()].map(({ difference, places }) => ({
      ...difference,
      ...verdicts[difference.kind][difference.side],
      places,
    }));
    return [...changes.filter(({ breaking }) => breaking), ...changes.filter(({ breaking }) => !breaking)];
  }
}

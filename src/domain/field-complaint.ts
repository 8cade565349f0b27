/** What is wrong with one field of a request: of its query, its search or its body. */
export interface FieldComplaint {
  readonly field: string;
  readonly detail: string;
}

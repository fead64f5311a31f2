/** A key in its database. */
export interface Place {
  db: number;
  key: Buffer;
}

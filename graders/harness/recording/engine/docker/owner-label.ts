/** The label that marks our containers; its value is the owner's token. */
export const OWNER_LABEL = 'keyspace-grader.owner';

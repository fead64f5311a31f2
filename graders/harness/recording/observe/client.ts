// A module of its own, so that it can be loaded while a server starts.
export { Redis, ReplyError } from 'iovalkey';

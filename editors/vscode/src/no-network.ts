// Stands for the module `net` in the bundle: the client could talk to servers elsewhere, and this one never does.

function refused(): never {
  throw new Error("this extension opens no connection");
}

export const createServer = refused;
export const createConnection = refused;

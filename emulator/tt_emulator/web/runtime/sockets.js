// tt.connectSocket: the emulator says where a socket may be opened, and the page opens it.
import { createPerformer } from './calls.js';
import { CATALOG } from '#platform/catalog.js';
import { array, copyOf, intrinsic, json } from './language.js';
import { WebSocket } from './natives.js';
import { readOptions } from './options.js';
import { isSuccess } from './replies.js';
import { SENTENCES } from './sentences.js';
import { createSocketTask } from './socket-task.js';

const API = 'connectSocket';
const FOLLOWED = 'sockets';

/** tt.connectSocket of one tt: it gives the task at once, as also of a call that fails. */
export function createConnectSocket(ask, failed, following, log) {
  const messageOf = (row) => failed(API, row).errMsg;
  const isOk = (reply) => isSuccess(API, reply);
  let sockets = []; // those that are not closed
  let made = 0;

  following.hear((network) => {
    if (network === null || network.isConnected) return;
    array.forEach(copyOf(sockets), (socket) => socket.drop(messageOf('network-unavailable')));
  });

  function finish(api, body, socket) {
    return (answer) => {
      socket.answer = answer;
      return isOk(answer.reply) ? { ...answer, reply: { ...answer.reply, socketTaskId: socket.task.socketTaskId } } : answer;
    };
  }
  const perform = createPerformer(finish, failed, log);

  /** Opens the socket where the emulator says; one that no longer is there it says of nothing. */
  function open(socket, protocols) {
    const { reply, task: place } = socket.answer;
    if (!isOk(reply)) socket.drop(reply.errMsg);
    else if (place && array.includes(sockets, socket)) {
      if (!WebSocket) log.say('warn', SENTENCES.noSockets());
      following.want(FOLLOWED);
      socket.open({ address: place.address, timeout_ms: place.timeout_ms, protocols });
    }
  }

  async function connect(read, socket) {
    await intrinsic(perform(API, { ...read, kept: socket }, ask));
    open(socket, json.parse(read.body).protocols || []);
  }

  return (passed) => {
    made += 1;
    const messages = { broken: messageOf('network-unavailable'), late: messageOf('timed-out') };
    const socket = createSocketTask(made, messages, () => {
      sockets = array.filter(sockets, (other) => other !== socket);
      if (sockets.length === 0) following.leave(FOLLOWED);
    });
    socket.answer = { reply: failed(API, 'bad-parameter') }; // of options that are never sent
    array.push(sockets, socket);
    const { at_once: most } = CATALOG[API].limits;
    if (sockets.length > most) log.say('warn', SENTENCES.manySockets(most));
    connect(readOptions(API, passed), socket);
    return socket.task;
  };
}

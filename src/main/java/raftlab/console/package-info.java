/**
 * The interactive console: users start, query, crash, partition and heal a cluster in either world,
 * from a prompt or a script.
 */
package raftlab.console;

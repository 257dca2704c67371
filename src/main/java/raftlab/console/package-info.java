/**
 * The interactive console: a cluster in either world that people start, ask, crash, cut and heal by
 * hand, from a prompt or a script.
 */
package raftlab.console;

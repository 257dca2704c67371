/**
 * Writes a run as a concrete scenario, without random choices of the kit: each action, request and
 * dropped message is an event.
 */
package raftlab.run.concrete;

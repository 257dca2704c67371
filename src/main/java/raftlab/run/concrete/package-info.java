/**
 * A run written down as a scenario in which nothing is left to chance but what replicas draw: each
 * action, request and lost message by itself.
 */
package raftlab.run.concrete;

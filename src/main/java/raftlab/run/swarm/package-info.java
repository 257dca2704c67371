/**
 * Random scenarios: each is made from a seed as the text of a scenario file, in which kinds of
 * faults are on or off for the whole run; and many of them are played one after the other.
 */
package raftlab.run.swarm;

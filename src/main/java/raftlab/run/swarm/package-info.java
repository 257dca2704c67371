/**
 * Random scenarios: each is generated from a seed as the text of a scenario file; kinds of faults
 * are on or off for the whole run.
 */
package raftlab.run.swarm;

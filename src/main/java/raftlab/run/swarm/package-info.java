/**
 * Random scenarios: each is generated from a seed as the text of a scenario file; kinds of faults
 * are on or off for the whole run. Settings of the reference replica are drawn too.
 */
package raftlab.run.swarm;

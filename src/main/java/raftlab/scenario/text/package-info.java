/** Parts of a scenario in words. */
package raftlab.scenario.text;

/**
 * Scenario files: what they can say, how they are read and checked, and how a mistake in one is
 * explained.
 */
package raftlab.scenario;

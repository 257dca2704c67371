/**
 * The actions of a scenario: faults, recoveries and membership changes. When an action is due, its
 * targets are resolved, it is applied to the lab, and the trace records what it did.
 */
package raftlab.run.action;

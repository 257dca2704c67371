/** The model of a scenario: its replicas, traffic, actions, steps and bounds. */
package raftlab.scenario;

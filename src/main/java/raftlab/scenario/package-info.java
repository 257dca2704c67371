/** The model of a scenario: its replicas, traffic, actions, steps and limits. */
package raftlab.scenario;

/** Clients: what they ask for, and where they turn after a redirect. */
package raftlab.workload;

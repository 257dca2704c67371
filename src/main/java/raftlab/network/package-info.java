/** The emulated network: what becomes of each message. Decides; carries nothing. */
package raftlab.network;

/** The full text's command line: make the indexes anew, compare one with the table. */
@NullMarked
package eu.sinusnode.server.fulltext.command;

import org.jspecify.annotations.NullMarked;

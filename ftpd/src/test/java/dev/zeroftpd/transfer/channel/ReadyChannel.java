package dev.zeroftpd.transfer.channel;

/** Opens a channel that needs no more work. */
public record ReadyChannel(DataChannel channel) implements DataChannelOpener {

    @Override
    public DataChannel open() {
        return channel;
    }

    @Override
    public void abandon() {
        channel.reset();
    }
}

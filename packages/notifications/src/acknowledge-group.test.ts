import { describe, expect, it } from '@jest/globals';
import { type Acknowledgement, acknowledgeGroup } from './index.ts';
import { alert } from './testing/alerts.ts';
import { PostOffice } from './testing/post-office.ts';

/** What it comes to when somebody takes on the only group of a post office now. */
function takenOn(post: PostOffice) {
  const [group] = [...post.groups.values()];
  if (!group) throw new RangeError('there is no group');
  const taken = acknowledgeGroup(group, [...post.alerts.values()], new Date(post.now));
  return taken.state === 'acknowledged' ? taken.alerts.map(({ facts }) => facts.id) : taken;
}

const closed = { state: 'closed' };

describe('taking on a group', () => {
  it('is for what is open and was told', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.receive(alert({ finding: 'bucket-2', status: 'resolved', version: 50 }));
    post.receive(alert({ finding: 'bucket-3' }));
    expect(takenOn(post)).toEqual(['bucket-1']);
  });

  it('is for nothing that was being told when its function died', () => {
    const post = new PostOffice().receive(alert()).die();
    expect(takenOn(post)).toEqual(closed);
  });

  it('is for what nobody has taken on yet', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.acknowledge(alert(), 'ada');
    expect(takenOn(post)).toEqual(['bucket-2']);
  });

  it('says who was the last, where all of it is taken on', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.acknowledge(alert(), 'ada').until(70);
    post.acknowledge(alert({ finding: 'bucket-2' }), 'ben');
    const acknowledgement: Acknowledgement = {
      ...{ by: 'ben', at: '2026-01-05T12:01:10.000Z', via: 'slack' },
    };
    expect(takenOn(post)).toEqual({ state: 'already', acknowledgement });
  });

  it('counts once more after the severity has risen', () => {
    const post = new PostOffice().receive(alert()).until(60).acknowledge(alert(), 'ada');
    post
      .until(1_000)
      .receive(alert({ severity: 'CRITICAL', version: 900 }))
      .until(2_000);
    expect(takenOn(post)).toEqual(['bucket-1']);
  });

  it('comes too late once all of it is resolved or withdrawn', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.receive(alert({ status: 'resolved', version: 50 }));
    post.withdraw(alert({ finding: 'bucket-2' }));
    expect(takenOn(post)).toEqual(closed);
  });
});

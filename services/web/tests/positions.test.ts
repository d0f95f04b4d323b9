import { describe, expect, it } from 'vitest';
import { positionText, readPosition } from '../src/desk/goods/position_text';
import { directionOf, greatCircle, kilometres, positionOf, roundKilometres, shanghai } from '../src/shared/positions';

const daguan = { latitude: 27.75, longitude: 103.89 };

describe('a position that was typed or pasted', () => {
  it.each([
    '27.75, 103.89', '27.75,103.89', '27.75，103.89', '27.75 103.89', '27.75、103.89', '27.75；103.89', '(27.75, 103.89)', '（27.75，103.89）', '103.89, 27.75', '  27.7500 , 103.8900  ',
    '27.75°N 103.89°E', 'N27.75 E103.89', 'n27.75,e103.89', 'N27.75E103.89', '27.75N103.89E', '27.75N 103.89', '103.89E 27.75N', 'E103.89 27.75', '27.75º, 103.89º',
    '27°45′0″N 103°53′24″E', "27°45'00\"N, 103°53'24\"E", "27°45'0''N103°53'24''E", '27° 45′ 103° 53′ 24″', '27°45’ 103°53’24”', '27°45.0′ 103°53.4′',
    '北纬27度45分0秒 东经103度53分24秒', '北纬27度45分东经103度53分24秒', '东经103.89°，北纬27.75°', '纬度：27.75 经度：103.89', '纬度27.75，经度103.89', '２７．７５，１０３．８９',
  ])('%s', (text) => {
    expect(readPosition(text)).toEqual(daguan);
  });
  it.each([
    '', '27.75', '大关县天星镇', '27.75103.89', '27.75, 103.89, 5', '27,75 103,89', '127.75, 103.89', '27.75, 27.75', '2.9, 103.89', '54.1, 103.89', '27.75, 72.9', '27.75, 136.1', '0, 0',
    '-27.75, 103.89', '27.75S 103.89E', '27.75N 103.89W', 'N27.75 N103.89', 'E27.75 N103.89', '27°60′ 103°53′', '27°45′60″ 103°53′', '27.5°45′ 103°53′', "27'45 103'53", '27.75, 1e2', 'x27.75, 103.89',
  ])('%s is none', (text) => {
    expect(readPosition(text)).toBeNull();
  });
  it('is read again as it was written, to a metre', () => {
    for (let i = 0; i < 500; i += 1) {
      const place = { latitude: 3 + ((i * 7919) % 5_100_000) / 1e5, longitude: 73 + ((i * 104_729) % 6_300_000) / 1e5 };
      expect(readPosition(positionText(place))).toEqual({ latitude: Number(place.latitude.toFixed(5)), longitude: Number(place.longitude.toFixed(5)) });
    }
  });
  it('is of what has both', () => {
    expect(positionOf({ latitude: 27.75, longitude: 103.89 })).toEqual(daguan);
    for (const none of [null, undefined, {}, { latitude: null, longitude: null }, { latitude: 27.75, longitude: null }]) expect(positionOf(none)).toBeNull();
  });
});

describe('from here to there', () => {
  it('is so far along the great circle', () => {
    expect(kilometres(daguan, daguan)).toBe(0);
    expect(kilometres({ latitude: 0, longitude: 100 }, { latitude: 0, longitude: 101 })).toBeCloseTo(111.195, 2);
    // The textbook's: Beijing to Shanghai is 1068 km.
    expect(kilometres({ latitude: 39.9, longitude: 116.4 }, shanghai)).toBeGreaterThan(1060);
    expect(kilometres({ latitude: 39.9, longitude: 116.4 }, shanghai)).toBeLessThan(1075);
    expect(roundKilometres(1744.9)).toBe(1740);
    expect(kilometres(daguan, shanghai)).toBeCloseTo(kilometres(shanghai, daguan), 9);
  });
  it.each([
    [39.9, 116.4, 'north_west'], [31.2, 104, 'west'], [22.5, 121.4, 'south'], [45.8, 126.5, 'north'], [21.98, 100.3, 'south_west'], [31.2, 125, 'east'], [26.2, 127.7, 'south_east'], [34.5, 126.5, 'north_east'],
  ] as const)('%s, %s lies from Shanghai to the %s', (latitude, longitude, direction) => {
    expect(directionOf(shanghai, { latitude, longitude })).toBe(direction);
  });
  it('goes along places that all lie on the circle', () => {
    const way = greatCircle(daguan, shanghai, 10);
    expect(way).toHaveLength(11);
    const whole = kilometres(daguan, shanghai);
    for (const place of way) expect(kilometres(daguan, place) + kilometres(place, shanghai)).toBeCloseTo(whole, 6);
  });
});
